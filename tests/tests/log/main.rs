//! What is logged and counted.

mod careless_source;
mod counts;
mod flood;
mod flood_of_a_source;
mod nested;
mod observers;
mod refusals;
mod shadow;
mod shadow_of_a_source;
