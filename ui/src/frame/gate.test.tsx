import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Dialog } from "../components/Dialog";
import { LosesTyped } from "../components/closing";
import { themeNow } from "../theme";
import { awaitFront, holdKeys } from "./gate";
import { useScreenKeys } from "./keys";

/** What the browser does with a letter that nobody took; jsdom has no such command. */
function insert(_: string, __?: boolean, text = ""): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return false;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, field.value + text);
  fireEvent.input(field);
  return true;
}
beforeEach(() => {
  Object.assign(document, { execCommand: vi.fn(insert) });
});
afterEach(cleanup);

const type = (text: string) =>
  [...text].forEach((key) => fireEvent.keyDown(document.activeElement ?? document.body, { key }));

/** A place with single-key commands, and a form that comes in front of it. */
function Place({ write, late }: { write: (key: string) => void; late?: boolean }) {
  const [opened, setOpened] = useState(false);
  useScreenKeys([
    {
      keys: "mod+N",
      label: "New",
      opens: true,
      run: () => {
        if (late === true) setTimeout(() => setOpened(true), 20);
        else setOpened(true);
      },
    },
    { keys: "J", label: "Move", run: () => write("screen J") },
  ]);
  return (
    <MantineProvider theme={themeNow()}>
      <main id="screen" tabIndex={-1}>
        <div role="row" data-home tabIndex={0} aria-label="Row" onKeyDown={({ key }) => write(key)} />
      </main>
      {opened && (
        <Dialog title="Form" onClose={() => setOpened(false)}>
          <input aria-label="Name" />
          {late === true && <LosesTyped />}
        </Dialog>
      )}
    </MantineProvider>
  );
}
const openForm = () => fireEvent.keyDown(screen.getByLabelText("Row"), { key: "n", ctrlKey: true });

describe("keys and what opens in front", () => {
  it("has the focus with the key that opens it, and the place beneath has it back with the key that closes it", () => {
    const write = vi.fn();
    render(<Place write={write} />);
    screen.getByLabelText("Row").focus();
    openForm();
    expect(screen.getByLabelText("Name")).toHaveFocus();
    write.mockClear();
    fireEvent.keyDown(screen.getByLabelText("Name"), { key: "Escape" });
    expect(screen.queryByLabelText("Name")).toBeNull();
    expect(screen.getByLabelText("Row")).toHaveFocus();
    expect(write).not.toHaveBeenCalled();
  });

  it("brings a key that is pressed elsewhere to it, and never to what lies beneath", () => {
    const write = vi.fn();
    render(<Place write={write} />);
    openForm();
    screen.getByLabelText("Row").focus();
    write.mockClear();
    fireEvent.keyDown(screen.getByLabelText("Row"), { key: "j" });
    expect(write).not.toHaveBeenCalled();
    expect(screen.getByLabelText("Name")).toHaveFocus();
  });

  it("holds what is typed before it is there, and loses none of it", async () => {
    const write = vi.fn();
    render(<Place write={write} late />);
    screen.getByLabelText("Row").focus();
    openForm();
    write.mockClear();
    type("anna");
    expect(write).not.toHaveBeenCalled();
    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveValue("anna"));
  });

  it("asks before Escape closes over something typed, and Escape again goes on", async () => {
    render(<Place write={vi.fn()} late />);
    openForm();
    const field = await screen.findByLabelText("Name");
    fireEvent.keyDown(field, { key: "Escape" });
    expect(screen.getByText("What you typed here is not saved.")).toBeInTheDocument();
    fireEvent.keyDown(document.activeElement ?? field, { key: "Escape" });
    expect(screen.queryByText("What you typed here is not saved.")).toBeNull();
    expect(screen.getByLabelText("Name")).toHaveFocus();
    fireEvent.keyDown(field, { key: "Escape" });
    fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
    expect(screen.queryByLabelText("Name")).toBeNull();
  });

  it("leaves the keys to a list that dropped down and its field, and takes letters from what lies beneath", () => {
    const write = vi.fn();
    render(<Place write={write} />);
    const list = document.createElement("div");
    list.className = "mantine-Popover-dropdown";
    list.innerHTML = "<button>First</button>";
    document.body.append(list);
    screen.getByLabelText("Row").focus();
    type("a");
    expect(write).not.toHaveBeenCalled();
    expect(screen.getByText("First")).toHaveFocus();
    type("j");
    expect(write).not.toHaveBeenCalled();
    list.remove();
  });

  it("plays a key that opens something to the place, and the keys after it to what opened", async () => {
    const write = vi.fn();
    render(<Place write={write} late />);
    screen.getByLabelText("Row").focus();
    const release = holdKeys();
    type("p");
    openForm();
    type("anna");
    expect(write).not.toHaveBeenCalled();
    release();
    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveValue("anna"));
    expect(write.mock.calls).toEqual([["p"], ["n"]]); // The key, and the one that opens the form.
  });

  it("gives up what is held with Escape, and after three seconds plays it", () => {
    vi.useFakeTimers();
    const write = vi.fn();
    render(<Place write={write} />);
    screen.getByLabelText("Row").focus();
    const gaveUp = vi.fn();
    holdKeys(gaveUp);
    type("a");
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(gaveUp).toHaveBeenCalledOnce();
    type("b");
    expect(write.mock.calls).toEqual([["b"]]);
    awaitFront();
    type("c");
    act(() => {
      vi.advanceTimersByTime(3_000);
    });
    expect(write.mock.calls).toEqual([["b"], ["c"]]);
    vi.useRealTimers();
  });
});

it("has every dialog of a feature made by Dialog, which keeps these promises", () => {
  const sources = import.meta.glob<string>("../{features,components,session}/**/*.tsx", {
    eager: true,
    query: "?raw",
    import: "default",
  });
  const own = Object.entries(sources)
    .filter(
      ([file, text]) =>
        !file.endsWith("components/Dialog.tsx") &&
        /\bimport \{[^}]*\b(Modal|Drawer)\b[^}]*\} from "@mantine\/core"/.test(text),
    )
    .map(([file]) => file);
  expect(own).toEqual([]);
});
