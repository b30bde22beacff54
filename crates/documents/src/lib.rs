//! Report cards and other print as PDF.
