//! Times of the main cases. Only their ratios in one run say anything.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cors_benches::{Case, Question, Served, Structure, Subject};
use criterion::{Criterion, criterion_group, criterion_main};

/// So many requests are made at a time: enough to time, and no more than pools hold.
const AT_ONCE: u64 = 100;

fn time(served: &dyn Served, case: &Case, times: u64) -> Duration {
    let mut elapsed = Duration::ZERO;
    let mut left = times;
    while left > 0 {
        let now = left.min(AT_ONCE);
        let mut call = black_box(served.calls(case, usize::try_from(now).expect("a small number")));
        let start = Instant::now();
        (0..now).for_each(|_| call());
        elapsed += start.elapsed();
        left -= now;
    }
    elapsed
}

fn main_cases(criterion: &mut Criterion) {
    for name in ["no Origin", "allowed GET", "refused GET", "allowed preflight", "refused preflight"] {
        let case = Case::named(name).expect("a case");
        let mut group = criterion.benchmark_group(name);
        for subject in Subject::ALL {
            if let Some(served) = subject.serve(&case) {
                group.bench_function(subject.name(), |bencher| {
                    bencher.iter_custom(|times| time(&*served, &case, times))
                });
            }
        }
    }
}

/// Nanoseconds of a search, in lists of any length.
fn searches(criterion: &mut Criterion) {
    for structure in Structure::ALL {
        for count in structure.counts() {
            let search = structure.build(*count);
            for question in [Question::Hit, Question::Miss] {
                // So many that no cache holds them all.
                let asked = structure.asked(*count, question, 100_000);
                let mut group = criterion.benchmark_group(format!("{}, {}", structure.name(), question.name()));
                group.bench_function(count.to_string(), |bencher| {
                    bencher.iter_custom(|times| {
                        let times = usize::try_from(times).expect("a small number");
                        let start = Instant::now();
                        for _ in 0..times / asked.len() {
                            black_box(search(black_box(&asked)));
                        }
                        black_box(search(black_box(&asked[..times % asked.len()])));
                        start.elapsed()
                    })
                });
            }
        }
    }
}

fn short(measured: Duration, samples: usize) -> Criterion {
    Criterion::default().warm_up_time(measured / 3).measurement_time(measured).sample_size(samples)
}

criterion_group! { name = requests; config = short(Duration::from_secs(3), 60); targets = main_cases }
criterion_group! { name = lists; config = short(Duration::from_millis(300), 10); targets = searches }
criterion_main!(requests, lists);
