//! Liveness on films made from photographs: a head that turns, and the attacks that somebody would try
//! first. They need what the set-up fetches; else each test says that it is skipped. All seeds are fixed.

#![allow(clippy::unwrap_used)]

mod attacks;
mod fetched;

use std::sync::OnceLock;

use attacks::{Genuine, Kind, Scene, Shape, Source, film, obey, order, picture, replay, source, watch};
use vision::{
    ChallengeFailure, ChallengeState, Cue, Decision, Gallery, Liveness, LivenessRule, Models, Rules, TrackState,
    Tracker, align,
};

/// The models and two people's portraits; `None`, said aloud, when they are not there.
fn ready() -> Option<(&'static Models, &'static [Source])> {
    static READY: OnceLock<Option<(Models, Vec<Source>)>> = OnceLock::new();
    let ready = READY.get_or_init(|| {
        let photographs =
            ["obama.jpg", "biden.jpg"].map(fetched::photograph).into_iter().collect::<Option<Vec<_>>>()?;
        let models = fetched::models()?;
        let people =
            photographs.iter().map(|path| source(&models, &image::open(path).unwrap().into_rgb8()).unwrap()).collect();
        Some((models, people))
    });
    if ready.is_none() {
        println!("skipped: not all is there that the set-up fetches");
    }
    ready.as_ref().map(|(models, people)| (models, people.as_slice()))
}

fn scene(seed: u64) -> Scene {
    Scene { eyes: 60.0, seed, frames: 40 }
}

#[test]
fn heads_are_never_called_flat_and_are_live_when_they_look_about() {
    let Some((models, people)) = ready() else { return };
    let mut live = 0;
    for (n, person) in people.iter().enumerate() {
        for kind in Kind::GENUINE {
            let found = watch(models, person, kind, scene(40 + n as u64)).finding;
            assert_ne!(found.liveness, Liveness::Flat, "{kind:?} {n} {found:?}");
            live += usize::from(kind == Kind::Genuine(Genuine::LooksAbout) && found.liveness == Liveness::Live);
        }
    }
    assert_eq!(live, people.len());
}

#[test]
fn photographs_held_up_are_never_live() {
    let Some((models, people)) = ready() else { return };
    for (n, person) in people.iter().enumerate() {
        for kind in [Kind::Moved, Kind::Rotated, Kind::Zoomed, Kind::Tilted, Kind::Bent, Kind::BentLevel, Kind::Frozen]
        {
            let found = watch(models, person, kind, scene(50 + n as u64)).finding;
            assert_ne!(found.liveness, Liveness::Live, "{kind:?} {n} {found:?}");
        }
    }
}

#[test]
fn a_photograph_that_is_moved_is_flat_by_its_edges_and_a_display_by_its_raster() {
    let Some((models, people)) = ready() else { return };
    for (n, person) in people.iter().enumerate() {
        let found = watch(models, person, Kind::Moved, scene(60 + n as u64)).finding;
        assert_eq!((found.liveness, found.cue), (Liveness::Flat, Some(Cue::Edges)), "{found:?}");
        let replayed = watch(models, person, Kind::Replay, Scene { eyes: 60.0, seed: 60 + n as u64, frames: 20 });
        assert_eq!(replayed.finding.liveness, Liveness::Flat, "{:?}", replayed.finding);
    }
}

#[test]
fn one_frame_again_and_again_is_frozen_and_not_live() {
    let Some((models, people)) = ready() else { return };
    let found = watch(models, &people[0], Kind::Frozen, Scene { eyes: 60.0, seed: 3, frames: 10 }).finding;
    assert_eq!((found.liveness, found.cue, found.figure), (Liveness::Looking, Some(Cue::Frozen), 9.0));
}

/// Plays a film of an enrolled person to a camera tracker; returns how many proposals it made and the last state.
fn tracker(models: &Models, person: &Source, kind: Kind, liveness: LivenessRule) -> (usize, TrackState) {
    let frames: Vec<_> = film(person, kind, scene(60)).map(|frame| picture(&frame)).collect();
    let face = models.find(&frames[0]).unwrap().remove(0);
    let template = models.embed(&[align(&frames[0], &face)]).unwrap();
    let mut gallery = Gallery::new(128);
    gallery.add("enrolled", &template).unwrap();
    // The identity is asked for only after the film's middle: what the track showed until then decides.
    let (empty, decision) = (Gallery::new(128), Decision::from(models.manifest().embedder.thresholds));
    let mut tracker = Tracker::new(Rules { liveness, share: 0.3, ..Rules::default() });
    let mut proposals = 0;
    for (n, frame) in frames.iter().enumerate() {
        let gallery = if n < frames.len() / 2 { &empty } else { &gallery };
        let report = vision::watch(models, gallery, decision, &mut tracker, frame, n as f64).unwrap();
        proposals += report.proposals.len();
    }
    (proposals, tracker.tracks()[0].state)
}

#[test]
fn a_class_camera_never_proposes_a_flat_face_unless_told_to() {
    let Some((models, people)) = ready() else { return };
    let moved = |rule| tracker(models, &people[0], Kind::Moved, rule);
    assert_eq!(moved(LivenessRule::NotFlat), (0, TrackState::Suspect));
    assert_eq!(moved(LivenessRule::Anybody), (1, TrackState::Recognised));
    let looks_about = tracker(models, &people[0], Kind::Genuine(Genuine::LooksAbout), LivenessRule::NotFlat);
    assert_eq!(looks_about, (1, TrackState::Recognised));
}

#[test]
fn who_must_move_is_proposed_after_looking_about_and_no_sheet_or_still_face_is() {
    let Some((models, people)) = ready() else { return };
    let play = |kind| tracker(models, &people[0], kind, LivenessRule::Live);
    assert_eq!(play(Kind::Genuine(Genuine::LooksAbout)), (1, TrackState::Recognised));
    for still in [Kind::Frozen, Kind::Rotated, Kind::Genuine(Genuine::Sits)] {
        assert_eq!(play(still), (0, TrackState::Unproven), "{still:?}");
    }
}

#[test]
fn a_head_that_turns_as_asked_passes_and_sheets_and_clips_of_another_order_do_not() {
    let Some((models, people)) = ready() else { return };
    let long = |n: u64| Scene { eyes: 60.0, seed: 70 + n, frames: 160 };
    for (n, person) in people.iter().enumerate() {
        let seed = 2 + n as u64;
        let (state, faces) = obey(models, person, Shape::Head, 34.0, long(n as u64), seed);
        assert_eq!(state, ChallengeState::Passed);
        for asked in (0..64).filter(|asked| order(*asked) != order(seed)) {
            assert_ne!(replay(&faces, asked), ChallengeState::Passed, "{seed} {asked}");
        }
        for radius in [0.0, 2.2] {
            let sheet = Shape::Sheet { radius, level_axis: false };
            let (state, _) = obey(models, person, sheet, 45.0, long(n as u64), seed);
            assert!(
                matches!(state, ChallengeState::Failed(ChallengeFailure::TooSlow | ChallengeFailure::Flat)),
                "{radius} {state:?}"
            );
        }
    }
}
