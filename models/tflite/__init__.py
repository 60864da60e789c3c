"""Reading TFLite files with the flatbuffer schema alone."""
