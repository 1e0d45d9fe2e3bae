//! What a program started ends with it.
