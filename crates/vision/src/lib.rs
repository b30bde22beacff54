//! Faces: find, align, embed, match.
