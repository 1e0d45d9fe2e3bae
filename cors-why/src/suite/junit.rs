//! The results of a suite as JUnit XML, which most CI servers read.

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Outcome, Outcomes};

impl Outcomes {
    pub(super) fn to_junit(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let counts = [
            ("name", self.file.clone()),
            ("tests", self.outcomes.len().to_string()),
            ("failures", self.failed.to_string()),
            ("errors", self.unknown.to_string()),
        ];
        let written = writer
            .create_element("testsuite")
            .with_attributes(counts.iter().map(|(name, value)| (*name, value.as_str())))
            .write_inner_content(|writer| {
                self.outcomes.iter().try_for_each(|outcome| outcome.write(&self.file, writer))
            });
        // Writing to a vector cannot fail.
        drop(written);
        let xml = String::from_utf8_lossy(&writer.into_inner()).into_owned();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}\n")
    }
}

impl Outcome {
    fn write(&self, file: &str, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let name = format!("{} and {}: {}", self.page, self.request, self.expected);
        let test = writer.create_element("testcase").with_attributes([("classname", file), ("name", &name)]);
        let Some(complaint) = self.complaint() else {
            return test.write_empty().map(drop);
        };
        let kind = if self.is_unknown() { "error" } else { "failure" };
        let text = plain(&self.report.to_text());
        let complaint = plain(&complaint);
        test.write_inner_content(|writer| {
            let failure = writer.create_element(kind).with_attribute(("message", complaint.as_str()));
            failure.write_text_content(BytesText::new(&text)).map(drop)
        })
        .map(drop)
    }
}

/// Removes the characters that XML cannot contain.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect()
}
