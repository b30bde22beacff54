import { fireEvent } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginZoom, usualSize } from "./zoom";
import "./keys";

const size = () => document.documentElement.style.fontSize;
const ctrl = (init: KeyboardEventInit) => fireEvent.keyDown(document.body, { ctrlKey: true, ...init });

beforeEach(() => window.localStorage.clear());
afterEach(usualSize);

describe("the size of everything", () => {
  it("is stepped by Ctrl + and Ctrl −, also where the sign needs Shift or not, and brought back by Ctrl 0", () => {
    ctrl({ key: "+" });
    expect(size()).toBe("110%");
    ctrl({ key: "=" });
    expect(size()).toBe("125%");
    ctrl({ key: "-" });
    expect(size()).toBe("110%");
    ctrl({ key: "0" });
    expect(size()).toBe("");
    fireEvent.keyDown(document.body, { key: "+" });
    expect(size()).toBe("");
  });

  it("ends at 75 and 250 %", () => {
    for (let press = 0; press < 12; press += 1) ctrl({ key: "+" });
    expect(size()).toBe("250%");
    for (let press = 0; press < 12; press += 1) ctrl({ key: "-" });
    expect(size()).toBe("75%");
  });

  it("is changed over a dialog too", () => {
    const dialog = document.createElement("div");
    dialog.innerHTML = '<div role="dialog" aria-modal="true"><button>One</button></div>';
    document.body.append(dialog);
    const button = dialog.querySelector("button");
    button?.focus();
    fireEvent.keyDown(button ?? document.body, { key: "+", ctrlKey: true });
    expect(size()).toBe("110%");
    dialog.remove();
  });

  it("is there again in the next window", () => {
    ctrl({ key: "+" });
    document.documentElement.style.fontSize = "";
    beginZoom();
    expect(size()).toBe("110%");
  });
});
