"""Floor 1: tensors in, tensors out, on whatever accelerator the site has."""
