use clap::ValueEnum;

use super::{Fix, Recipe, Wish, line};
use crate::diagnosis::{Diagnosis, Need};
use crate::stack::Stack;

fn need() -> Need {
    Need {
        url: "https://api.example.com/api/notes".to_owned(),
        origin: "https://app.example.com".to_owned(),
        method: "PUT".to_owned(),
        methods: vec!["PUT".to_owned()],
        headers: vec!["Content-Type".to_owned(), "X-Token".to_owned()],
        listed: Vec::new(),
        is_for_all: false,
        credentials: true,
    }
}

#[test]
fn every_stack_has_one_recipe() {
    for stack in Stack::value_variants() {
        assert_eq!(Recipe::all().filter(|recipe| recipe.stack == *stack).count(), 1, "{stack}");
    }
}

/// A list of several kinds is a list that somebody forgot.
#[test]
fn every_block_allows_what_is_wished_and_no_more() {
    let mut wish = Wish::of(&need());
    wish.expose = vec!["X-Total-Count".to_owned()];
    for stack in Stack::value_variants() {
        let block = Fix::of(*stack, &wish).block;
        for wished in ["https://app.example.com", "Content-Type", "X-Token", "X-Total-Count"] {
            assert!(block.contains(wished), "{stack}, {wished}:\n{block}");
        }
        assert!(block.to_lowercase().contains("put"), "{stack}:\n{block}");
        let has_credentials = block.to_lowercase().contains("credentials");
        assert_eq!(has_credentials, *stack != Stack::S3, "{stack}, which has no such setting:\n{block}");
        for wildcard in ["\"*\"]", "'*']", "Origin: *", "Origin \"*\""] {
            let is_of_paths = block.lines().any(|line| line.contains("'paths'"));
            assert!(!block.contains(wildcard) || is_of_paths, "{stack}, {wildcard}:\n{block}");
        }
    }
}

#[test]
fn a_block_says_nothing_that_is_not_wished() {
    let plain =
        Need { method: "GET".to_owned(), methods: Vec::new(), headers: Vec::new(), credentials: false, ..need() };
    for stack in Stack::value_variants() {
        let block = Fix::of(*stack, &Wish::of(&plain)).block.to_lowercase();
        for not_wished in ["credentials: true", "credentials=true", "credentials \"true\"", "x-token"] {
            assert!(!block.contains(not_wished), "{stack}, {not_wished}:\n{block}");
        }
    }
}

#[test]
fn every_place_of_a_template_is_filled() {
    for recipe in Recipe::all() {
        let fix = Fix::of(recipe.stack, &Wish::of(&need()));
        for text in fix.heading.iter().chain([&fix.block]) {
            for place in ["origin", "methods", "headers", "expose", "unsafe", "folder", "true", "credentials", "place"]
            {
                for quote in ["", "\"", "'", ":"] {
                    assert!(!text.contains(&format!("@{quote}{place}{quote}@")), "{}: {text}", recipe.stack);
                }
            }
        }
    }
}

#[test]
fn a_line_is_one_line() {
    let diagnoses = [
        Diagnosis::NoCors,
        Diagnosis::AfterRoute,
        Diagnosis::OriginNotListed { listed: None },
        Diagnosis::OriginWithSlash,
        Diagnosis::WildcardWithCredentials,
        Diagnosis::CredentialsMissing { reflects: false },
        Diagnosis::MethodMissing { method: "DELETE".to_owned() },
        Diagnosis::HeaderMissing { names: vec!["X-Other".to_owned()] },
        Diagnosis::PreflightUnanswered { status: 404 },
    ];
    for stack in Stack::value_variants() {
        for diagnosis in &diagnoses {
            let no_credentials =
                matches!(diagnosis, Diagnosis::WildcardWithCredentials | Diagnosis::CredentialsMissing { .. });
            let said = line(*stack, diagnosis, &need());
            if *stack == Stack::S3 && no_credentials {
                assert_eq!(said, None);
                continue;
            }
            let said = said.unwrap_or_else(|| panic!("{stack} has nothing to say of {diagnosis:?}"));
            assert!(!said.contains('\n') && !said.contains("@\""), "{stack}: {said}");
            assert!(said.len() < 600, "{stack}: {said}");
        }
    }
}

#[test]
fn a_line_takes_its_setting_from_the_block() {
    let said = |stack, diagnosis| line(stack, &diagnosis, &need()).expect("there is a line");
    let listing = Need { listed: vec!["GET".to_owned()], ..need() };
    assert_eq!(
        line(Stack::Express, &Diagnosis::MethodMissing { method: "PATCH".to_owned() }, &listing)
            .expect("there is a line"),
        "add PATCH to the methods: `methods: [\"GET\", \"HEAD\", \"POST\", \"PUT\", \"PATCH\"]` in the options of `cors()`"
    );
    assert_eq!(
        said(Stack::Nginx, Diagnosis::WildcardWithCredentials),
        "name the origin in place of *: `add_header Access-Control-Allow-Origin \"https://app.example.com\" always;` and \
         `add_header Access-Control-Allow-Credentials \"true\" always;` in the `location`"
    );
    assert_eq!(
        said(Stack::Django, Diagnosis::HeaderMissing { names: vec!["x-token".to_owned()] }),
        "add x-token to the request headers: `CORS_ALLOW_HEADERS = [\"Content-Type\", \"X-Token\"]` in settings.py"
    );
}

/// Whoever does only what the line says must not be left with something that undoes it, or makes it a hole.
#[test]
fn a_line_is_enough() {
    for recipe in Recipe::all() {
        for (topic, text) in recipe.other {
            let is_complete = !text.contains("RewriteRule") || text.contains("`RewriteEngine On`");
            assert!(is_complete, "{}, {topic:?}: {text}", recipe.stack);
        }
    }
    let said = |stack, diagnosis| line(stack, &diagnosis, &need()).expect("there is a line");
    let django = said(Stack::Django, Diagnosis::WildcardWithCredentials);
    assert!(django.contains("`CORS_ALLOW_ALL_ORIGINS = True`, which has to go"), "{django}");
    assert!(Fix::of(Stack::Django, &Wish::of(&need())).block.contains("CORS_ALLOW_ALL_ORIGINS = False"));
    let nginx = said(Stack::Nginx, Diagnosis::MethodMissing { method: "PUT".to_owned() });
    assert!(nginx.contains("` in the `if` that answers OPTIONS where there is one"), "{nginx}");
}

#[test]
fn a_package_needs_no_setting_for_what_it_allows_by_default() {
    let said = |stack, method: &str, header: &str| {
        let (methods, headers) = (vec![method.to_owned()], vec![header.to_owned()]);
        line(stack, &Diagnosis::NoCors, &Need { methods, headers, credentials: false, ..need() })
            .expect("there is a line")
    };
    let django = said(Stack::Django, "PUT", "Content-Type");
    assert!(!django.contains("CORS_ALLOW_METHODS") && !django.contains("CORS_ALLOW_HEADERS"), "{django}");
    let django = said(Stack::Django, "PURGE", "X-Token");
    assert!(django.contains("CORS_ALLOW_METHODS") && django.contains("CORS_ALLOW_HEADERS"), "{django}");
    let laravel = said(Stack::Laravel, "PURGE", "X-Token");
    assert!(!laravel.contains("allowed_methods") && !laravel.contains("allowed_headers"), "{laravel}");
    let traefik = said(Stack::Traefik, "PUT", "X-Token");
    assert!(
        traefik.contains("accessControlAllowMethods") && traefik.contains("accessControlAllowHeaders"),
        "{traefik}"
    );
}

#[test]
fn what_is_allowed_already_stays_in_the_list() {
    let listed = |names: &[&str]| Need { listed: names.iter().map(|name| (*name).to_owned()).collect(), ..need() };
    let names = vec!["X-Token".to_owned()];
    assert_eq!(
        line(Stack::FastApi, &Diagnosis::HeaderMissing { names }, &listed(&["accept", "content-type"]))
            .expect("there is a line"),
        "add X-Token to the request headers: `allow_headers=[\"content-type\", \"X-Token\"]` in the arguments of CORSMiddleware"
    );
    assert_eq!(
        line(Stack::Flask, &Diagnosis::MethodMissing { method: "PUT".to_owned() }, &listed(&["GET", "*", "DELETE"]))
            .expect("there is a line"),
        "add PUT to the methods: `methods=[\"GET\", \"HEAD\", \"POST\", \"PUT\", \"DELETE\"]` in the arguments of `CORS()`"
    );
}

/// No answer shows the whole list, so a line that can be pasted as it is removes the others from it.
#[test]
fn a_line_that_adds_to_a_list_names_the_others() {
    let unlisted = Diagnosis::OriginNotListed { listed: None };
    for stack in Stack::value_variants() {
        let said = line(*stack, &unlisted, &need()).expect("there is a line");
        let keeps = match Recipe::of(*stack).setting("origin", &Wish::of(&need()).adding(true)) {
            // Each call adds one.
            Some(setting) if *stack == Stack::ActixCors => setting.starts_with(".allowed_origin("),
            _ => said.contains("<others>") || said.contains("in place of the one that is there"),
        };
        assert!(keeps, "{stack}: {said}");
    }
    let slash = line(Stack::Go, &Diagnosis::OriginWithSlash, &need()).expect("there is a line");
    assert!(slash.contains("{<others>, \"https://app.example.com\"}"), "{slash}");
    let refused = Diagnosis::MethodRefused { method: "PUT".to_owned(), text: String::new() };
    let spring = line(Stack::Spring, &refused, &need()).expect("there is a line");
    assert!(spring.contains("`.allowedMethods(<others>, \"PUT\")`"), "{spring}");
    let names = || vec!["X-Token".to_owned()];
    let listing = Need { listed: vec!["Content-Type".to_owned()], ..need() };
    let flask = line(Stack::Flask, &Diagnosis::HeaderMissing { names: names() }, &listing).expect("there is a line");
    assert!(flask.contains("allow_headers=[<others>, "), "{flask}");
    let fastapi =
        line(Stack::FastApi, &Diagnosis::HeaderMissing { names: names() }, &listing).expect("there is a line");
    assert!(!fastapi.contains("<others>"), "its answers list all: {fastapi}");
}

#[test]
fn a_name_that_means_something_in_a_block_cannot_be_written() {
    let odd = Need { headers: vec!["X-'$(id)".to_owned()], ..need() };
    assert_eq!(Wish::of(&odd).unwritable(), Some("X-'$(id)"));
    assert_eq!(Wish::of(&need()).unwritable(), None);
}

#[test]
fn what_was_not_run_says_so() {
    let heading = |stack| Fix::of(stack, &Wish::of(&need())).heading.join("\n");
    assert!(heading(Stack::Spring).contains("not run by us"));
    assert!(!heading(Stack::Express).contains("not run by us"));
}

/// `where: in Program.cs`, and `write ... in Program.cs`.
#[test]
fn a_place_says_where() {
    const BEGIN: [&str; 10] = ["in", "on", "at", "right", "above", "below", "around", "inside", "beside", "where"];
    for Recipe { stack, place, .. } in Recipe::all() {
        assert!(BEGIN.contains(&place.split(' ').next().unwrap_or_default()), "{stack}: {place}");
    }
}

/// The first release removes both.
#[test]
fn what_to_install_before_the_first_release_is_what_the_readme_says() {
    let is_unpublished =
        include_str!("../../../README.md").contains("# Before 0.1, clone this repository to ../cors, and");
    let install = Recipe::of(Stack::CorsActix).install;
    let says_so =
        install.ends_with("; before 0.1, clone its repository to ../cors, and cargo add --path ../cors/cors-actix");
    assert_eq!(says_so, is_unpublished, "{install}");
}
