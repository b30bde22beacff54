//! Plots as SVG for the screen and as drawing operations for paper.
