//! The words of the house: what is said to people stands once, in `catalogue/`, a file a language. The screens read it.
