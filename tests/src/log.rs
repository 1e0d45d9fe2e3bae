//! What goes into the log, as a subscriber sees it.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::instrument::WithSubscriber;

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs something, and gives the lines that were written meanwhile.
pub async fn lines_of(run: impl Future<Output = ()>) -> Vec<String> {
    let written = Written::default();
    let writer = written.clone();
    let subscriber =
        tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(move || writer.clone()).finish();
    run.with_subscriber(subscriber).await;
    let bytes = written.0.lock().expect("no writer panics").clone();
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}
