"""
The reference runtimes the pose is measured against, each in an environment of its own, only for the bench.

The pins are renewed with `uv pip compile --universal --python-version 3.10 --generate-hashes --no-emit-index-url
--no-header --no-annotate mediapipe-X.in -o mediapipe-X.txt`.
"""
