//! What helps say to write: right in every format, and not in the notation of the macro.

use cors_core::PolicyDraft;

fn helps(draft: &PolicyDraft) -> Vec<String> {
    draft.validate().err().iter().flatten().map(|issue| issue.message().help()).collect()
}

#[test]
fn helps_for_a_file_have_no_notation_of_source() {
    const APP: &str = r#"`origins` = ["https://app.example.com"]"#;
    for (file, help) in [
        ("", format!("say who may read, as {APP}")),
        ("origins = []", r#"write at least one origin, as "https://app.example.com"; for nobody write `origins` = "none""#.into()),
        ("origins = [\"any\"]", r#"for every origin write `origins` = "*""#.into()),
        ("origins = [\"none\"]", r#"for nobody write `origins` = "none", without a list"#.into()),
        ("rules = []", format!("write at least one rule, as {{ {APP} }}")),
        ("rules = 5", format!("write a list of rules: [{{ {APP} }}]")),
        ("rules = [5]", format!("write the keys of a rule in braces: {{ {APP} }}")),
        ("[rules]\norigins = \"*\"", format!("write a list of rules: [{{ {APP} }}]")),
        ("methods = [\"PUT\"]\n[[rules]]\norigins = \"*\"", format!("move those keys into an item of `rules`: {{ {APP} }}")),
        (
            "[[rules]]\norigins = \"none\"",
            r#"remove the rule; to switch the whole policy off, write `origins` = "none" in the policy, without `rules`"#.into(),
        ),
        ("origins = \"*\"\nmax_age = true", r#"write a duration: 600, "600s", "10min", "2h" or "1d""#.into()),
        (
            "origins = \"*\"\nmax_age = \"soon\"",
            r#"write a whole number of seconds, or one with a unit: 600, "600s", "10min", "2h" or "1d""#.into(),
        ),
        ("origins = \"*\"\nmax_age = \"10 min\"", r#"write `max_age` = "10min""#.into()),
        ("origins = \"*\"\nmax_age = -1", "write `max_age` = 0 if browsers shall not remember a preflight".into()),
        ("origins = \"*\"\nmax_age = \"2d\"", r#"write `max_age` = "1d" or less"#.into()),
        ("origins = [\"https://a.example\"]\non_denied = 5", r#"write "forward" or "reject""#.into()),
        ("origins = [\"https://a.example\"]\non_denied = \"stop\"", r#"write "forward" or "reject""#.into()),
        ("origins = [\"https://a.example\"]\non_denied = \"rejec\"", r#"did you mean "reject"?"#.into()),
        (
            "origins = [\"https://a.example\"]\ndangerously_allow = 5",
            r#"write a list of "insecure_origins" or "public_suffix_wildcards""#.into(),
        ),
        (
            "origins = [\"https://a.example\"]\ndangerously_allow = [5]",
            r#"write "insecure_origins" or "public_suffix_wildcards""#.into(),
        ),
        ("origins = [\"https://a.example\"]\ncredentials = \"true\"", "write true without quotes".into()),
        (
            "origins = \"*\"\ncredentials = true",
            format!("list in `origins` who may read answers that depend on cookies: {APP}; or, if everybody may read \
                     without cookies, leave `credentials` out"),
        ),
        (
            "origins = [\"https://a.example\"]\nexpose_headers = \"*\"\ncredentials = true",
            r#"list the response headers that scripts may read: `expose_headers` = ["X-Request-Id"]"#.into(),
        ),
    ] {
        let draft: PolicyDraft = toml::from_str(file).expect("no content is an error");
        assert_eq!(helps(&draft), [help], "{file}");
    }
}

#[test]
fn helps_for_variables_have_the_name_of_the_variable_and_no_quotes() {
    for (variables, help) in [
        ([("CORS_ORIGINS", "any"), ("CORS_METHODS", "PUT")], "for every origin write CORS_ORIGINS=*"),
        ([("CORS_ORIGINS", "*"), ("CORS_MAX_AGE", "2d")], "write CORS_MAX_AGE=1d or less"),
        ([("CORS_ORIGINS", "https://a.example"), ("CORS_ON_DENIED", "stop")], "write forward or reject"),
        ([("CORS_ORIGINS", "https://a.example"), ("CORS_ON_DENIED", "rejec")], "did you mean reject?"),
    ] {
        assert_eq!(helps(&PolicyDraft::from_variables("CORS_", variables)), [help]);
    }
}
