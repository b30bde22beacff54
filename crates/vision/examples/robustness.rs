//! What still works with spoiled photographs, as a table in Markdown: `robustness VENDOR_FOLDER DIR`, with a
//! folder of photographs per person in DIR. Each half of the people is enrolled once with three photographs
//! as they are; the others' photographs, spoiled, are probes, and so is everybody of the other half.

use std::collections::BTreeMap;
use std::path::Path;

use vision::{
    Decision, Gallery, Models, PictureLimits, QualityFault, QualityLimits, Template, Threads, align, decode, examine,
};

#[path = "../tests/alter/mod.rs"]
mod alter;
use alter::{ALL, Alteration, at_most, picture};

type Failure = Box<dyn std::error::Error>;

/// The templates of each person's photographs; none where no face was found.
type People = Vec<Vec<Option<Template>>>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vendor, folder] = arguments.as_slice() else {
        return Err("usage: robustness VENDOR_FOLDER DIR".into());
    };
    let vendor = Path::new(vendor);
    let models = Models::load(&vendor.join("models"), &vendor.join("runtime/libonnxruntime.so"), Threads::default())?;
    let originals = photographs(&models, Path::new(folder))?;
    let (plain, _) = altered(&models, &originals, Alteration::Nothing)?;
    println!("| photograph | found | right | wrong | unsure or unknown | strangers accepted | refused at enrolment |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for alteration in ALL {
        let (probes, refused) = altered(&models, &originals, alteration)?;
        let total: usize = probes.iter().map(Vec::len).sum();
        let found = probes.iter().flatten().flatten().count();
        let c = count(&plain, &probes, models.manifest().embedder.thresholds.into())?;
        let reasons: Vec<String> = refused.reasons.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
        println!(
            "| {} | {found}/{total} | {}/{} | {} | {} | {}/{} | {}/{total} {} |",
            alteration.name(),
            c.right,
            c.genuine,
            c.wrong,
            c.genuine - c.right - c.wrong,
            c.accepted,
            c.strangers,
            refused.count,
            reasons.join(", "),
        );
    }
    Ok(())
}

/// Each person's photographs, the largest face at most 200 pixels high, with that face.
fn photographs(models: &Models, folder: &Path) -> Result<Vec<Vec<(image::RgbImage, vision::Face)>>, Failure> {
    let sorted = |path: &Path| -> Result<Vec<std::path::PathBuf>, Failure> {
        let mut paths = std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        paths.sort();
        Ok(paths)
    };
    let mut people = Vec::new();
    for person in sorted(folder)?.into_iter().filter(|p| p.is_dir()) {
        let mut own = Vec::new();
        for file in sorted(&person)? {
            let whole = decode(&std::fs::read(file)?, PictureLimits::default())?;
            let Some(face) = models.find(&whole)?.into_iter().next() else { continue };
            let image = image::RgbImage::from_raw(whole.width(), whole.height(), whole.rgb().to_vec());
            let image = at_most(image.ok_or("no picture")?, &face, 200.0);
            if let Some(face) = models.find(&picture(&image))?.into_iter().next() {
                own.push((image, face));
            }
        }
        people.push(own);
    }
    Ok(people)
}

#[derive(Default)]
struct Refused {
    count: usize,
    reasons: BTreeMap<String, usize>,
}

/// The templates of the spoiled photographs, and which of these an enrolment refuses.
fn altered(
    models: &Models,
    people: &[Vec<(image::RgbImage, vision::Face)>],
    alteration: Alteration,
) -> Result<(People, Refused), Failure> {
    let mut refused = Refused::default();
    let mut templates = Vec::new();
    for person in people {
        let mut own = Vec::new();
        for (image, face) in person {
            let spoiled = picture(&alteration.apply(image, face));
            let seen = examine(models, &spoiled, &QualityLimits::default())?;
            refused.count += usize::from(!seen.faults.is_empty());
            for fault in &seen.faults {
                *refused.reasons.entry(word(fault)).or_default() += 1;
            }
            let largest = seen.faces.iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()));
            let aligned = largest.map(|face| align(&spoiled, face));
            own.push(models.embed(aligned.as_slice())?.pop());
        }
        templates.push(own);
    }
    Ok((templates, refused))
}

fn word(fault: &QualityFault) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    value["code"].as_str().unwrap_or_default().to_owned()
}

#[derive(Default)]
struct Count {
    genuine: usize,
    right: usize,
    wrong: usize,
    strangers: usize,
    accepted: usize,
}

fn count(plain: &People, probes: &People, decision: Decision) -> Result<Count, Failure> {
    let mut count = Count::default();
    let middle = plain.len().div_ceil(2);
    for known in [0..middle, middle..plain.len()] {
        let mut gallery = Gallery::new(128);
        for person in known.clone() {
            let own: Vec<_> = plain[person].iter().flatten().cloned().collect();
            gallery.add(person, &own[..own.len().saturating_sub(1).min(3)])?;
        }
        for (person, own) in probes.iter().enumerate() {
            let enrolled = known.contains(&person);
            let skip = if enrolled { own.len().saturating_sub(1).min(3) } else { 0 };
            for probe in &own[skip..] {
                let found = match probe {
                    Some(probe) => gallery.identify_frame(std::slice::from_ref(probe), decision)?.pop(),
                    None => None,
                };
                let identity = found.as_ref().and_then(|f| f.identity()).copied();
                count.genuine += usize::from(enrolled);
                count.strangers += usize::from(!enrolled);
                count.right += usize::from(enrolled && identity == Some(person));
                count.wrong += usize::from(enrolled && identity.is_some_and(|found| found != person));
                count.accepted += usize::from(!enrolled && identity.is_some());
            }
        }
    }
    Ok(count)
}
