/** Texts around the picture of a camera. */
export const camera = {
  source: {
    label: "Where the picture comes from", webcam: "Webcam", network: "Network", folder: "Folder", file: "Photographs",
    device: "Camera", size: "Picture", noDevices: "No camera was found. Plug one in, then look again.", again: "Look for cameras again", looking: "Looking for cameras…",
    url: "Address of the camera", urlHint: "Motion JPEG, such as http://192.168.1.20/video.mjpg", path: "Folder of pictures", pathHint: "Pictures are played in the order of their names", browse: "Browse…", repeat: "Begin again at the end", start: "Start the camera", startFolder: "Play the folder",
  },
  stop: "Stop", another: "Another source", picture: "Picture of the camera", privacy: "Pictures are not kept.",
  states: { connecting: "Connecting to the camera…", running: "The camera is running", ended: "All pictures were shown", retrying: "{{problem}} Trying again in {{count}} s.", lost: "{{problem}}", stopped: "The camera is off" },
  problems: {
    not_found: "There is no such camera, folder or file.", busy: "Another program uses the camera. Close it there.", refused: "The camera refuses access. Look at its password, or at the system's settings for cameras.",
    unplugged: "The camera was unplugged. Plug it in again.", bad_format: "The camera sends something that is no picture.", unreachable: "The camera does not answer. Look at its address and at the network.",
  },
  faces: { looking: "Looking", unsure: "{{name}}?", unsureNobody: "Unsure", flat: "Looks like a picture", unknown: "Unknown" },
} as const;
