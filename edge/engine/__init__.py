"""Floor 1: tensors in, tensors out, on whatever accelerator the site has."""

import os

# ONNX Runtime 1.31 would write a device id to the home and report to its maker; later calls come too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
