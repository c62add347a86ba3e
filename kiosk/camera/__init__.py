"""OpenCV captures, PyAV encodes: the recorder process and its handle.

The only package that imports cv2 or av, and of its modules only those that the recorder process
runs: the web server may import `recorder`, `settings`, `recovery`, `playlist`, `parts` and
`microphone` without loading either library.
"""
