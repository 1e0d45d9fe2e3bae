//! What each subject answers in each case, so that only like is compared with like, and what is unlike is said.

use cors_benches::{Answer, Case, Subject};

const CREDENTIALS: &str = "access-control-allow-credentials: true";
const HEADERS: &str = "access-control-allow-headers: content-type, x-token";
const METHODS: &str = "access-control-allow-methods: GET, PUT";
const ORIGIN: &str = "access-control-allow-origin: https://app.example.com";
const MAX_AGE: &str = "access-control-max-age: 3600";
const VARY: &str = "vary: origin";
const VARY_ECHO: &str = "vary: origin, access-control-request-headers";

fn answer(status: u16, cors: &[&str]) -> Answer {
    Answer { status, cors: cors.iter().map(|line| (*line).to_owned()).collect() }
}

/// What this project's middleware answers, and whatever is like it.
fn ours(case: &Case) -> Answer {
    match case.name {
        "no Origin" | "refused GET" | "GET, Origin of 8 KiB" | "GET, Origin of 120 KiB" => answer(200, &[VARY]),
        "allowed GET" | "handler with CORS headers" => answer(200, &[CREDENTIALS, ORIGIN, VARY]),
        "inner error" => answer(401, &[CREDENTIALS, ORIGIN, VARY]),
        "allowed preflight"
        | "preflight, header not listed"
        | "preflight, 8 KiB of commas"
        | "preflight, 1,000 names" => answer(204, &[CREDENTIALS, HEADERS, METHODS, ORIGIN, MAX_AGE, VARY]),
        "refused preflight" => answer(403, &[VARY]),
        "echo, 2 names" | "echo, 4,095 bytes of names" => {
            answer(204, &[CREDENTIALS, &echoed(case), METHODS, ORIGIN, MAX_AGE, VARY_ECHO])
        }
        // No names, or more than 4,096 bytes of them.
        "echo, 8 KiB of commas" | "echo, 1,000 names" => {
            answer(204, &[CREDENTIALS, METHODS, ORIGIN, MAX_AGE, VARY_ECHO])
        }
        "GET, 1 of 1 origin" => of_many("00000000"),
        "GET, 1 of 10" => of_many("00000009"),
        "GET, 1 of 1,000" => of_many("00000999"),
        name => panic!("{name} has no answer"),
    }
}

fn of_many(number: &str) -> Answer {
    answer(200, &[CREDENTIALS, &format!("access-control-allow-origin: https://tenant-{number}.example.com"), VARY])
}

/// A service without a policy, which in one case has headers of its own.
fn without(case: &str) -> Answer {
    match case {
        "handler with CORS headers" => answer(
            200,
            &[
                CREDENTIALS,
                "access-control-allow-headers: *",
                "access-control-allow-methods: *",
                "access-control-allow-origin: *",
                "access-control-expose-headers: *",
                "access-control-max-age: 1",
            ],
        ),
        "inner error" => answer(401, &[]),
        _ => answer(200, &[]),
    }
}

/// actix-cors allows credentials on every forwarded response, names three headers in `Vary`, answers a preflight by 200 or 400,
/// echoes whatever it is asked for, and leaves what a handler set.
fn of_actix_cors(case: &Case) -> Answer {
    const VARY: &str = "vary: origin, access-control-request-method, access-control-request-headers";
    let mut answer = match case.name {
        "no Origin" | "refused GET" | "GET, Origin of 8 KiB" | "GET, Origin of 120 KiB" => {
            answer(200, &[CREDENTIALS, VARY])
        }
        "allowed preflight" => answer(200, &[CREDENTIALS, HEADERS, METHODS, ORIGIN, MAX_AGE, VARY]),
        "refused preflight"
        | "preflight, header not listed"
        | "preflight, 8 KiB of commas"
        | "preflight, 1,000 names" => answer(400, &[]),
        "echo, 2 names" | "echo, 4,095 bytes of names" | "echo, 8 KiB of commas" | "echo, 1,000 names" => {
            answer(200, &[CREDENTIALS, &echoed(case), METHODS, ORIGIN, MAX_AGE, VARY])
        }
        "handler with CORS headers" => {
            let mut left = without(case.name);
            left.cors[3] = ORIGIN.to_owned();
            left.cors.push(VARY.to_owned());
            left
        }
        _ => ours(case),
    };
    if let Some(vary) = answer.cors.last_mut() {
        VARY.clone_into(vary);
    }
    answer
}

/// tower-http allows credentials in every answer, answers every preflight by 200 and the lists, and echoes whatever it is asked for.
fn of_tower_http(case: &Case) -> Answer {
    match case.name {
        "no Origin" | "refused GET" | "GET, Origin of 8 KiB" | "GET, Origin of 120 KiB" => {
            answer(200, &[CREDENTIALS, VARY])
        }
        "refused preflight" => answer(200, &[CREDENTIALS, HEADERS, METHODS, MAX_AGE, VARY]),
        "echo, 2 names" | "echo, 4,095 bytes of names" | "echo, 8 KiB of commas" | "echo, 1,000 names" => {
            answer(200, &[CREDENTIALS, &echoed(case), METHODS, ORIGIN, MAX_AGE, VARY_ECHO])
        }
        _ => Answer { status: 200, ..ours(case) },
    }
}

fn echoed(case: &Case) -> String {
    let (_, asked) = case.lines.last().expect("a preflight asks for headers");
    format!("access-control-allow-headers: {asked}")
}

/// Lists of names in one form: the order of actix-cors' changes from run to run, and tower-http puts no spaces.
fn in_one_form(line: &str) -> String {
    match line.split_once(": ") {
        Some((name @ ("access-control-allow-methods" | "access-control-allow-headers"), list)) => {
            let mut names: Vec<_> = list.split(',').map(str::trim).collect();
            names.sort_unstable();
            format!("{name}: {}", names.join(", "))
        }
        _ => line.to_owned(),
    }
}

#[test]
fn like_is_compared_with_like() {
    for case in Case::all() {
        let mut compared = Vec::new();
        for subject in Subject::ALL {
            let Some(served) = subject.serve(&case) else {
                continue;
            };
            let expected = match subject {
                Subject::Nothing | Subject::TowerNothing => without(case.name),
                Subject::Empty => answer(204, &[]),
                Subject::EmptyButVary => answer(204, &[VARY]),
                Subject::ActixCors => of_actix_cors(&case),
                Subject::TowerHttp => of_tower_http(&case),
                _ => ours(&case),
            };
            let lines = |answer: Answer| answer.cors.iter().map(|line| in_one_form(line)).collect::<Vec<_>>();
            let what = format!("{} in {}", subject.name(), case.name);
            let answered = served.answer(&case);
            assert_eq!((answered.status, lines(answered)), (expected.status, lines(expected)), "{what}");
            compared.push(subject);
        }
        assert!(compared.contains(&Subject::AtRunTime) && compared.contains(&Subject::ActixCors), "{}", case.name);
    }
}
