//! What goes into the log, as a subscriber sees it.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

thread_local! {
    /// What was written in this thread, while somebody collects it. Each test has a thread.
    static WRITTEN: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.with_borrow_mut(|written| written.iter_mut().for_each(|written| written.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs something, and gives the lines that were written meanwhile.
///
/// One subscriber listens for all threads, since tracing remembers for all of them whether somebody does.
pub async fn lines_of(run: impl Future<Output = ()>) -> Vec<String> {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(|| Writer).init();
    });
    WRITTEN.set(Some(Vec::new()));
    run.await;
    let bytes = WRITTEN.take().expect("nobody else collects in this thread");
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}
