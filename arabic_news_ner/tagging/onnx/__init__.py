"""The embedded model packs, run by ONNX Runtime: from tokens to scores of labels."""
