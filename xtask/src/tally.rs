//! How many tests passed and failed, read from what the test runners print.

/// Tests counted so far.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// A line of cargo's: `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
    pub fn cargo(&mut self, line: &str) {
        if let Some(counts) = plain(line).strip_prefix("test result:") {
            self.add(counts);
        }
    }

    /// A line of vitest's: `Tests  1 failed | 3 passed (4)`.
    pub fn vitest(&mut self, line: &str) {
        if let Some(counts) = plain(line).trim().strip_prefix("Tests ") {
            self.add(counts);
        }
    }

    /// A line of Node's test runner: `ℹ pass 3` or `ℹ fail 0`.
    pub fn node(&mut self, line: &str) {
        let line = plain(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["ℹ" | "#", "pass", count] => self.passed += count.parse::<u64>().unwrap_or(0),
            ["ℹ" | "#", "fail", count] => self.failed += count.parse::<u64>().unwrap_or(0),
            _ => {}
        }
    }

    /// Adds every number that stands before the word `passed` or `failed`.
    fn add(&mut self, counts: &str) {
        let words: Vec<&str> =
            counts.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<u64>() else {
                continue;
            };
            match pair[1] {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                _ => {}
            }
        }
    }
}

/// The line without its colours (ANSI sequences).
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_each_runners_own_words() {
        let mut tally = Tally::default();
        tally.cargo("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; finished in 0.01s");
        tally.cargo("test result: \u{1b}[31mFAILED\u{1b}[0m. 1 passed; 2 failed; 0 ignored");
        tally.cargo("3 passed is not a result line");
        assert_eq!((tally.passed, tally.failed), (4, 2));

        let mut tally = Tally::default();
        tally.vitest("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | 12 passed (13)");
        tally.vitest(" Test Files  3 passed (3)");
        assert_eq!((tally.passed, tally.failed), (12, 1));

        let mut tally = Tally::default();
        tally.node("ℹ pass 2");
        tally.node("ℹ fail 1");
        tally.node("ℹ duration_ms 7");
        assert_eq!((tally.passed, tally.failed), (2, 1));
    }
}
