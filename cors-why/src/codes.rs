//! A page for each code that `why` prints: what you see, the reason, and what to do in your stack.

/// Makes a module with a page for each code, and the list of the pages.
macro_rules! pages {
    ($($name:ident = $code:literal,)+) => {
        $(
            #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/codes/", $code, ".md"))]
            pub mod $name {}
        )+

        const PAGES: &[(&str, &str)] = &[$(($code, stringify!($name)),)+];
    };
}

// One line for each file in `codes`: see build.rs.
include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The address of a code's page; `None` for codes without a page, such as `allowed`.
pub(crate) fn address(code: &str) -> Option<String> {
    let (_, name) = PAGES.iter().find(|(of, _)| *of == code)?;
    Some(format!("https://docs.rs/cors-why/latest/cors_why/codes/{name}/"))
}

#[cfg(test)]
mod tests;
