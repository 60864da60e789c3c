"""From a float ONNX network and a table of ranges to one with explicit INT8 nodes."""
