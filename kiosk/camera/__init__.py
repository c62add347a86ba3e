"""OpenCV captures, PyAV encodes: the recorder process and its handle. The only package that imports cv2 or av."""
