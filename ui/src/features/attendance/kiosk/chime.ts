// The sound of a greeting: two tones made on the spot, up for whoever is marked, down for the office.
import type { GreetingKind } from "../../../bindings/GreetingKind";

/** Hertz, one after the other. */
const tones: Record<GreetingKind, readonly number[]> = {
  present: [659, 880],
  late: [659, 659],
  already_here: [880],
  see_office: [392, 294],
};
/** Seconds of a tone. */
const length = 0.16;

let audio: AudioContext | null = null;

/** Sound may begin only after a person touched something: called where the kiosk is started, and at every touch of it. */
export function allowSound(): void {
  if (typeof AudioContext === "undefined") return;
  audio ??= new AudioContext();
  if (audio.state === "suspended")
    audio.resume().catch((reason: unknown) => console.error("The kiosk stays silent", reason));
}

export function chime(kind: GreetingKind): void {
  allowSound();
  const on = audio;
  if (on === null || on.state !== "running") return;
  tones[kind].forEach((hertz, place) => {
    const from = on.currentTime + place * length;
    const tone = new OscillatorNode(on, { frequency: hertz, type: "sine" });
    const volume = new GainNode(on, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.3, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + length);
    tone.connect(volume).connect(on.destination);
    tone.start(from);
    tone.stop(from + length);
  });
}
