//! `fuzz COUNT [FOLDER…]`: spoils that many files, of its own and of the folders, and hands each to all readers. Each thousand
//! runs in a program of its own, so that one that is ended by the system is told and the next goes on. Says what went wrong
//! and the most memory; ends with 1 where there was a panic, an end, or more than 512 MB.

use std::error::Error;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Bytes that the readers may take.
const MOST_MEMORY: u64 = 512_000_000;
const AT_ONCE: u64 = 1_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--from", rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        let number = |at: usize| rest.get(at).and_then(|text| text.parse::<u64>().ok()).ok_or("a number is missing");
        return run(number(0)?, number(1)?, rest.get(2..).unwrap_or_default());
    }
    let count: u64 = arguments.first().and_then(|text| text.parse().ok()).ok_or("usage: fuzz COUNT [FOLDER…]")?;
    let (mut failed, mut peak, mut slowest) = (0, 0_u64, 0_u64);
    let mut from = 0;
    while from < count {
        let to = (from + AT_ONCE).min(count);
        let mut again = Command::new(std::env::current_exe()?);
        again.args(["--from", &from.to_string(), &to.to_string()]).args(arguments.iter().skip(1));
        let output = again.stderr(Stdio::inherit()).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let mut last = from;
        for line in said.lines() {
            match line.split_once(' ') {
                Some(("at", number)) => last = number.parse()?,
                Some(("peak", bytes)) => peak = peak.max(bytes.parse()?),
                Some(("slowest", milliseconds)) => slowest = slowest.max(milliseconds.parse()?),
                _ => {
                    failed += 1;
                    println!("{line}");
                }
            }
        }
        from = to;
        if !output.status.success() {
            failed += 1;
            println!("file {last} ended the program: {}", output.status);
            from = last + 1;
        }
    }
    println!("{count} files: {failed} went wrong; most memory {} MB; slowest {slowest} ms", peak / 1_000_000);
    Ok(if failed == 0 && peak <= MOST_MEMORY { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(from: u64, to: u64, folders: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let mut seeds = fuzz::own();
    for folder in folders {
        seeds.extend(fuzz::from_folder(Path::new(folder))?);
    }
    let mut out = std::io::stdout();
    let mut slowest = Duration::ZERO;
    let mut peak = 0;
    for number in from..to {
        let file = fuzz::spoiled(&seeds, number);
        writeln!(out, "at {number}")?;
        out.flush()?;
        let begun = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| fuzz::read_with_all(&file.name, &file.bytes))).is_err() {
            writeln!(out, "file {number} ({}, {} bytes): panic", file.name, file.bytes.len())?;
        }
        let took = begun.elapsed();
        slowest = slowest.max(took);
        let now = fuzz::peak_of_this_program().unwrap_or(0);
        if now > peak && now > MOST_MEMORY / 2 || took > Duration::from_secs(10) {
            let (name, megabytes) = (&file.name, now / 1_000_000);
            eprintln!("file {number} ({name}, {} bytes): {megabytes} MB, {} ms", file.bytes.len(), took.as_millis());
        }
        peak = peak.max(now);
    }
    writeln!(out, "peak {peak}")?;
    writeln!(out, "slowest {}", slowest.as_millis())?;
    Ok(ExitCode::SUCCESS)
}
