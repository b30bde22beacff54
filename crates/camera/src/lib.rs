//! Frames from a webcam, a network camera or a folder.
