"""The workshop: what is known about lenses and about tensor ranges."""

import os

# ONNX Runtime 1.31 would write a device id to the home and report to its maker; later calls come too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
