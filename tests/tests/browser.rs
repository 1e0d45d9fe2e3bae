//! Placeholder until the playground is driven.
