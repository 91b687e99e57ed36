"""The encoder and its heads in torch; weights out to ONNX, back from a pack, averaged."""
