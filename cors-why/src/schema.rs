//! The JSON Schemas of the output. A test compares the files with the types.

use cors_core::PolicyDraft;

use crate::arguments::Schema;

impl Schema {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Report => include_str!("../schema/report.json"),
            Self::Suite => include_str!("../schema/suite.json"),
            Self::Scan => include_str!("../schema/scan.json"),
            Self::Policy => PolicyDraft::SCHEMA,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use schemars::{JsonSchema, schema_for};

    use crate::arguments::Schema;
    use crate::report::Report;
    use crate::scan::Scan;
    use crate::suite::Outcomes;

    /// Writes the file if `SCHEMA=overwrite` is set.
    fn assert_of<T: JsonSchema>(file: &str, schema: Schema) {
        let made = serde_json::to_string_pretty(&schema_for!(T)).expect("a schema is JSON") + "\n";
        if env::var_os("SCHEMA").is_some_and(|value| value == "overwrite") {
            let path = format!("{}/schema/{file}.json", env!("CARGO_MANIFEST_DIR"));
            fs::write(path, &made).expect("the file can be written");
        } else {
            assert_eq!(
                schema.text(),
                made,
                "{file}.json; SCHEMA=overwrite cargo test -p cors-why schema writes it anew"
            );
        }
    }

    #[test]
    fn schemas_are_those_of_what_is_written() {
        assert_of::<Report>("report", Schema::Report);
        assert_of::<Outcomes>("suite", Schema::Suite);
        assert_of::<Scan>("scan", Schema::Scan);
    }
}
