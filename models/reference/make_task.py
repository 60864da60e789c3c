"""
Bundle the pose networks for mediapipe's Tasks API. Stands alone: mediapipe 0.10.21's interpreter runs it.

    python make_task.py pose_full.task

The Tasks API refuses a network that does not say in its metadata how its picture is to be scaled; the files inside the
wheel do not.
"""

import sys
import zipfile
from pathlib import Path
from typing import Any

import flatbuffers
import mediapipe  # type: ignore[import-not-found]  # only where this runs
from mediapipe.tasks.metadata import metadata_schema_py_generated as schema  # type: ignore[import-not-found]
from mediapipe.tasks.python.metadata import metadata  # type: ignore[import-not-found]

MODULES = Path(mediapipe.__file__).parent / "modules"
DETECTOR = ("pose_detection/pose_detection.tflite", "pose_detector.tflite", 127.5, 127.5, 2)
LANDMARKS = ("pose_landmark/pose_landmark_full.tflite", "pose_landmarks_detector.tflite", 0.0, 255.0, 5)


def picture(mean: float, std: float) -> Any:
    """Metadata of a picture that becomes (value - mean) / std."""
    scaling = schema.ProcessUnitT()
    scaling.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    scaling.options = schema.NormalizationOptionsT()
    scaling.options.mean, scaling.options.std = [mean], [std]
    tensor = schema.TensorMetadataT()
    tensor.name, tensor.processUnits = "image", [scaling]
    tensor.content = schema.ContentT()
    tensor.content.contentPropertiesType = schema.ContentProperties.ImageProperties
    tensor.content.contentProperties = schema.ImagePropertiesT()
    tensor.content.contentProperties.colorSpace = schema.ColorSpaceType.RGB
    tensor.stats = schema.StatsT()
    tensor.stats.min, tensor.stats.max = [(0.0 - mean) / std], [(255.0 - mean) / std]
    return tensor


def output(index: int) -> Any:
    """Metadata of an output that is plain numbers."""
    tensor = schema.TensorMetadataT()
    tensor.name = f"output_{index}"
    tensor.content = schema.ContentT()
    tensor.content.contentPropertiesType = schema.ContentProperties.FeatureProperties
    tensor.content.contentProperties = schema.FeaturePropertiesT()
    return tensor


def with_metadata(network: bytes, mean: float, std: float, outputs: int) -> bytes:
    """The network's bytes with its metadata added."""
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [picture(mean, std)]
    graph.outputTensorMetadata = [output(index) for index in range(outputs)]
    model = schema.ModelMetadataT()
    model.name, model.subgraphMetadata = "pose", [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), metadata.MetadataPopulator.METADATA_FILE_IDENTIFIER)
    populator = metadata.MetadataPopulator.with_model_buffer(network)
    populator.load_metadata_buffer(bytes(builder.Output()))
    populator.populate()
    return bytes(populator.get_model_buffer())


def main(target: Path) -> None:
    """Write the bundle."""
    unfinished = target.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as bundle:
        for source, name, mean, std, outputs in (DETECTOR, LANDMARKS):
            bundle.writestr(name, with_metadata((MODULES / source).read_bytes(), mean, std, outputs))
    unfinished.replace(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
