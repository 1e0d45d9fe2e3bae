//! What `--fix` prints, and of what it says that it does not know.

use crate::server::Server;
use crate::{PAGE, why};

const EXPRESS: &str = "200 OK\nX-Powered-By: Express";

#[test]
fn the_block_alone_is_the_output() {
    let server = Server::saying(EXPRESS);
    let run = why(&["--fix", &server.url("/notes"), "--from", PAGE, "-X", "PUT", "-H", "x-token: 7"]);
    assert_eq!(run.status, 0, "{run:?}");
    let block = "import cors from \"cors\"; // in CommonJS: const cors = require(\"cors\");

app.use(cors({
  origin: [\"https://app.example.com\"],
  methods: [\"GET\", \"HEAD\", \"POST\", \"PUT\"],
  allowedHeaders: [\"x-token\"],
}));
";
    assert_eq!(run.output, block);
    let heading = "Express, by its answer: X-Powered-By: Express
install: npm install cors
where: right after `const app = express()`, above every route and above authentication
the block allows this page and request alone: keep what the configuration allows already

";
    assert_eq!(run.errors, heading);
    assert!(server.requests().iter().all(|request| !request.starts_with("PUT")), "{:?}", server.requests());
}

#[test]
fn a_readable_answer_has_a_block_too() {
    let server = Server::saying("200 OK\nServer: nginx\nAccess-Control-Allow-Origin: *");
    let run = why(&["--fix", &server.url("/notes"), "--from", PAGE]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.output.contains("add_header Access-Control-Allow-Origin \"https://app.example.com\" always;"),
        "{run:?}"
    );
}

#[test]
fn a_proxy_in_front_is_named() {
    let server = Server::saying("200 OK\nServer: nginx/1.22.1\nX-Powered-By: Express");
    let run = why(&["--fix", &server.url("/notes"), "--from", PAGE]);
    let line = "nginx stands in front of it: let one of the two alone send these headers";
    assert_eq!(run.errors.lines().nth(1), Some(line), "{run:?}");
}

#[test]
fn an_unknown_server_is_to_be_named_and_a_named_one_is_not_asked() {
    let server = Server::saying("200 OK");
    let run = why(&["--fix", &server.url("/notes"), "--from", PAGE]);
    assert_eq!((run.status, run.output.as_str()), (3, ""));
    assert_eq!(
        run.errors,
        "could not tell: no answer says what the server runs; name it, as in --stack express (--stack list prints all)\n"
    );
    let asked = server.requests().len();
    let run = why(&["--fix", "--stack", "spring", &server.url("/notes"), "--from", PAGE]);
    assert_eq!((run.status, server.requests().len()), (0, asked), "{run:?}");
    assert!(run.errors.contains("not run by us"), "{run:?}");
}

#[test]
fn what_no_list_can_allow_is_a_mistake() {
    for (more, said) in [
        (["--from", "null", "-H", "x-a: 1"], "no list can allow a page of origin null"),
        (["--from", PAGE, "-H", "x-'a: 1"], "has characters that mean something"),
        (["--from", PAGE, "--expose", "X-$(id)"], "has characters that mean something"),
    ] {
        let run = why(&[&["--fix", "--stack", "php", "http://127.0.0.1/"], &more[..]].concat());
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{run:?}");
        assert!(run.errors.contains(said), "{run:?}");
    }
}

#[test]
fn help_names_the_stack_and_its_setting() {
    let server = Server::saying(EXPRESS);
    let run = why(&[&server.url("/notes"), "--from", PAGE]);
    let help =
        "help: write `app.use(cors({ origin: [\"https://app.example.com\"] }))` right after `const app = express()`";
    assert!(run.output.contains(help), "{run:?}");
    assert!(run.output.contains("evidence: the server is Express, by X-Powered-By: Express"), "{run:?}");
    assert!(
        run.output.contains("note: the same command with --fix prints all that Express needs for this page"),
        "{run:?}"
    );
}

/// The macro refuses such a policy, and in no other stack is it safe.
#[test]
fn an_origin_without_encryption_gets_no_credentials_without_a_warning() {
    const REFUSES: &str = "`cors_policy!` refuses this: \"http://shop.example.com\" is not encrypted, and the policy has credentials: \
         true; serve the page by https, and write \"https://shop.example.com\"; if this network is trusted all the same, add \
         dangerously_allow: [\"insecure_origins\"]";
    const WARNS: &str = "http://shop.example.com is not encrypted, and gets credentials; serve the page by https, and allow \
         https://shop.example.com";
    let server = Server::saying("200 OK");
    let url = server.url("/x");
    for (stack, text) in [("cors-actix", REFUSES), ("actix-cors", WARNS), ("express", WARNS)] {
        let asked = [url.as_str(), "--stack", stack, "--from", "http://shop.example.com"];
        let with_credentials = [&asked[..], &["--credentials"]].concat();
        let run = why(&[&["--fix"], &with_credentials[..]].concat());
        assert!(run.errors.lines().any(|line| line == format!("warning: {text}")), "{run:?}");
        // The report says it beside the line that allows the page.
        let run = why(&with_credentials);
        assert!(run.output.lines().any(|line| line == format!("help: {text}")), "{run:?}");
        for harmless in [&asked[..], &[&url, "--stack", stack, "--from", "http://localhost:5173", "--credentials"]] {
            let (fix, report) = (why(&[&["--fix"], harmless].concat()), why(harmless));
            assert!(
                !fix.errors.contains("warning: ") && !report.output.contains("not encrypted"),
                "{fix:?} {report:?}"
            );
        }
    }
}

#[test]
fn a_block_that_the_macro_refuses_says_so() {
    let run = why(&["--fix", "--stack", "cors-actix", "http://127.0.0.1/", "--from", PAGE, "--expose", "Set-Cookie"]);
    assert!(run.errors.contains("\nwarning: `cors_policy!` refuses this: "), "{run:?}");
}
