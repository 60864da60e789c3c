"""TFLite graph in, ONNX graph out."""
