//! A share of the spoiled files that is small enough for every run of the tests.

#[test]
fn spoiled_files_do_no_harm() {
    let seeds = fuzz::own();
    for number in 0..400 {
        let file = fuzz::spoiled(&seeds, number);
        fuzz::read_with_all(&file.name, &file.bytes);
    }
    let peak = fuzz::peak_of_this_program().unwrap_or(0);
    assert!(peak < 512_000_000, "{} MB", peak / 1_000_000);
}
