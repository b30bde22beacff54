// What was done, and the way back from it: a strip below the screen. The screen makes room for it, so
// that it never lies over a row or a button.
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import classes from "./Notices.module.css";
import { useZoom } from "./zoom";

/** Per cent of the usual size from which one notice has to be enough. */
const large = 150;

export function Notices() {
  const zoom = useZoom();
  useEffect(() => {
    const strip = document.querySelector<HTMLElement>(`.${classes.strip}[data-position="bottom-center"]`);
    if (strip === null) return undefined;
    const observer = new ResizeObserver(() =>
      document.documentElement.style.setProperty("--notices", `${strip.offsetHeight}px`),
    );
    observer.observe(strip);
    return () => observer.disconnect();
  }, []);
  return (
    <Notifications
      withinPortal={false}
      position="bottom-center"
      limit={3}
      transitionDuration={0}
      data-large={zoom >= large || undefined}
      classNames={{ root: classes.strip ?? "", notification: classes.notice ?? "" }}
    />
  );
}
