import { act, renderHook, waitFor } from "@testing-library/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { setOwner } from "../session/owner";
import { forgetDrafts, useDraft } from "./draft";

const Around = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
);
const stored = { version: 1, name: "Anna", city: "Leeds", password: "" };
const save = vi.fn(async (values: typeof stored) => values);

function open(initial = stored) {
  return renderHook(
    () =>
      useDraft<typeof stored, typeof stored>({
        key: "student:1",
        initial,
        secret: ["password"],
        save,
        onSaved: () => undefined,
      }),
    { wrapper: Around },
  );
}
const typeName = (form: ReturnType<typeof open>, name: string) =>
  act(() => form.result.current.form.setFieldValue("name", name));
afterEach(() => {
  forgetDrafts();
  setOwner(null);
  save.mockClear();
});

describe("a draft", () => {
  it("says whose it is and when it was typed, and can be thrown away", () => {
    setOwner({ user: "u1", name: "Mina Okonkwo" });
    const first = open();
    expect(first.result.current.note).toBeNull();
    const before = Date.now();
    typeName(first, "Anne");
    first.unmount();
    const second = open();
    expect(second.result.current.form.values.name).toBe("Anne");
    expect(second.result.current.note).toMatchObject({ by: "Mina Okonkwo", changedSince: false });
    expect(second.result.current.note?.at).toBeGreaterThanOrEqual(before);
    act(() => second.result.current.startAnew());
    expect(second.result.current.form.values).toEqual(stored);
    expect(second.result.current.note).toBeNull();
    second.unmount();
    expect(open().result.current.note).toBeNull();
  });

  it("is its person's alone, and there again when that person is", () => {
    setOwner({ user: "u1", name: "Mina Okonkwo" });
    const mine = open();
    typeName(mine, "Anne");
    mine.unmount();
    setOwner({ user: "u2", name: "Ben Adler" });
    const other = open();
    expect(other.result.current.form.values.name).toBe("Anna");
    expect(other.result.current.note).toBeNull();
    other.unmount();
    setOwner({ user: "u1", name: "Mina Okonkwo" });
    expect(open().result.current.form.values.name).toBe("Anne");
  });

  it("keeps only what was typed: what somebody else changed beside it is shown", () => {
    const form = open();
    typeName(form, "Anne");
    form.unmount();
    const { result } = open({ ...stored, version: 2, city: "York" });
    expect(result.current.form.values).toMatchObject({ name: "Anne", city: "York", version: 2 });
    expect(result.current.note?.changedSince).toBe(false);
  });

  it("says when the same field was changed since, and would be saved on the version that it was typed on", () => {
    const form = open();
    typeName(form, "Anne");
    form.unmount();
    const { result } = open({ ...stored, version: 2, name: "Annette" });
    expect(result.current.note?.changedSince).toBe(true);
    expect(result.current.form.values).toMatchObject({ name: "Anne", version: 1 });
  });

  it("is none once everything is typed back, and none after saving; a password is never kept", async () => {
    const form = open();
    typeName(form, "Anne");
    typeName(form, "Anna");
    act(() => form.result.current.form.setFieldValue("password", "secret"));
    expect(form.result.current.losesTyped).toBe(true);
    form.unmount();
    const again = open();
    expect(again.result.current.note).toBeNull();
    expect(again.result.current.form.values.password).toBe("");
    typeName(again, "Anne");
    act(() => again.result.current.submit());
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    again.unmount();
    await waitFor(() => expect(open().result.current.note).toBeNull());
  });

  it("that stays open keeps what is typed while it is saved, and what others save beside it", async () => {
    let answer = (_: typeof stored) => {};
    save.mockImplementationOnce((values) => new Promise((done) => (answer = () => done({ ...values, version: 2 }))));
    const { result, rerender } = renderHook(
      ({ initial }) =>
        useDraft<typeof stored, typeof stored>({
          key: "school:1",
          initial,
          follows: true,
          save,
          onSaved: (saved) => setTimeout(() => rerender({ initial: saved })),
        }),
      { wrapper: Around, initialProps: { initial: stored } },
    );
    const type = (name: "name" | "city", value: string) => act(() => result.current.form.setFieldValue(name, value));
    type("name", "Anne");
    act(() => result.current.submit());
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    type("city", "York");
    act(() => result.current.submit());
    act(() => answer(stored));
    await waitFor(() => expect(save).toHaveBeenLastCalledWith({ ...stored, version: 2, name: "Anne", city: "York" }));
    expect(result.current.form.values).toMatchObject({ name: "Anne", city: "York", version: 2 });

    act(() => rerender({ initial: { ...stored, version: 3, name: "Anne", city: "York" } }));
    expect(result.current.dirty).toBe(false);
    type("name", "Annette");
    act(() => rerender({ initial: { ...stored, version: 4, name: "Anne", city: "Hull" } }));
    expect(result.current.form.values).toMatchObject({ name: "Annette", city: "Hull", version: 4 });
    expect(result.current.note).toBeNull();
    act(() => rerender({ initial: { ...stored, version: 5, name: "Ann", city: "Hull" } }));
    expect(result.current.form.values).toMatchObject({ name: "Annette", version: 4 });
    expect(result.current.note?.changedSince).toBe(true);
    act(() => rerender({ initial: { ...stored, version: 6, name: "Ann", city: "Goole" } }));
    expect(result.current.form.values).toMatchObject({ name: "Annette", city: "Hull", version: 4 });
  });
});
