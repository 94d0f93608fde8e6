const HERTZ = 660;
/** Seconds. */
const LENGTH = 0.35;
/** Of what the machine can. */
const LOUD = 0.15;

/** One short, quiet tone. A browser that has not been touched yet plays none, which is no fault. */
export const playTone = (): void => {
  try {
    const context = new AudioContext();
    const gain = new GainNode(context, { gain: LOUD });
    const tone = new OscillatorNode(context, { frequency: HERTZ });
    tone.connect(gain).connect(context.destination);
    gain.gain.setTargetAtTime(0, context.currentTime + LENGTH / 2, LENGTH / 8);
    tone.addEventListener('ended', () => void context.close());
    tone.start();
    tone.stop(context.currentTime + LENGTH);
  } catch {
    // No sound card: the title and the dot say it.
  }
};
