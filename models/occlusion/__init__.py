"""Workshop of the occlusion network: motion, masks, training, INT8, bench."""
