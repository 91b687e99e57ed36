"""The embedded model packs: tokens in, scores of labels out, over ONNX Runtime."""
