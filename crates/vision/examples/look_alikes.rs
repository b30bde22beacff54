//! How alike different people are, and what lead chance alone gives: `look_alikes VENDOR_FOLDER DIR`, with a
//! folder of photographs per person in DIR. For the second, one person is enrolled as two, as if they were
//! identical twins: whatever lead one of the two has with a further photograph is chance.

use std::path::Path;

use vision::{Gallery, Models, PictureLimits, Template, Threads, align, decode};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vendor, folder] = arguments.as_slice() else {
        return Err("usage: look_alikes VENDOR_FOLDER DIR".into());
    };
    let vendor = Path::new(vendor);
    let models = Models::load(&vendor.join("models"), &vendor.join("runtime/libonnxruntime.so"), Threads::default())?;
    let people = templates(&models, Path::new(folder))?;
    let mut all = Gallery::new(128);
    for (n, own) in people.iter().enumerate() {
        all.add(n, &own[..own.len().min(3)])?;
    }
    let pairs = all.look_alikes(-1.0);
    let nearest: Vec<String> = pairs.iter().take(5).map(|pair| format!("{:.3}", pair.likeness)).collect();
    println!("{} pairs of different people; the most alike: {}", pairs.len(), nearest.join(", "));
    let mut leads = Vec::new();
    for own in &people {
        same_person_twice(own, &mut leads)?;
    }
    leads.sort_by(f32::total_cmp);
    let quantile = |share: f64| leads[((leads.len() - 1) as f64 * share) as usize];
    println!(
        "{} leads of one half of a person's photographs over the other: median {:.3}, 95 % {:.3}, 99 % {:.3}, largest {:.3}",
        leads.len(),
        quantile(0.5),
        quantile(0.95),
        quantile(0.99),
        quantile(1.0),
    );
    Ok(())
}

/// Adds the leads with which each probe would be given to one of two enrolments of the same person, with every
/// two and two photographs enrolled.
fn same_person_twice(own: &[Template], leads: &mut Vec<f32>) -> Result<(), Failure> {
    let places: Vec<usize> = (0..own.len()).collect();
    let pairs: Vec<(usize, usize)> = places.iter().flat_map(|a| places[a + 1..].iter().map(|b| (*a, *b))).collect();
    for (n, first) in pairs.iter().enumerate() {
        for second in &pairs[n + 1..] {
            let used = [first.0, first.1, second.0, second.1];
            if used[..2].iter().any(|a| used[2..].contains(a)) {
                continue;
            }
            let mut gallery = Gallery::new(128);
            gallery.add(1, &[own[first.0].clone(), own[first.1].clone()])?;
            gallery.add(2, &[own[second.0].clone(), own[second.1].clone()])?;
            for probe in places.iter().filter(|place| !used.contains(place)) {
                if let [best, other] = &gallery.rank(&own[*probe], 2)?[..] {
                    leads.push(best.score - other.score);
                }
            }
        }
    }
    Ok(())
}

/// Each person's templates, of the largest face of each photograph.
fn templates(models: &Models, folder: &Path) -> Result<Vec<Vec<Template>>, Failure> {
    let sorted = |path: &Path| -> Result<Vec<std::path::PathBuf>, Failure> {
        let mut paths = std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        paths.sort();
        Ok(paths)
    };
    let mut people = Vec::new();
    for person in sorted(folder)?.into_iter().filter(|p| p.is_dir()) {
        let mut own = Vec::new();
        for file in sorted(&person)? {
            let picture = decode(&std::fs::read(file)?, PictureLimits::default())?;
            let faces = models.find(&picture)?;
            if let Some(face) = faces.iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area())) {
                own.extend(models.embed(&[align(&picture, face)])?);
            }
        }
        people.push(own);
    }
    Ok(people)
}
