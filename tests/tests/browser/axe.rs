//! axe-core, which looks for what keeps people with disabilities out.

use fantoccini::Client;

const AXE: &str = include_str!("../../data/axe-core-4.14.1/axe.min.js");

/// What axe finds on the page as it is: the rule, and the elements.
pub(crate) async fn findings(client: &Client) -> Vec<String> {
    client.execute(AXE, Vec::new()).await.unwrap();
    let script = "
        const done = arguments[0];
        axe.run(document).then(
            ({ violations, passes }) => done({
                found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`),
                passed: passes.length,
            }),
            (error) => done({ error: String(error) }),
        );
    ";
    let said = client.execute_async(script, Vec::new()).await.unwrap();
    assert!(said["passed"].as_u64().is_some_and(|rules| rules > 20), "axe looked at nothing: {said}");
    serde_json::from_value(said["found"].clone()).unwrap()
}
