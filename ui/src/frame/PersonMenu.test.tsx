import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { speak } from "../i18n";
import { show } from "../test/render";
import { PersonMenu } from "./PersonMenu";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => Promise.resolve() }));
vi.mock("../session/session", () => ({ useSession: () => ({ whoami: { name: "Mina Okonkwo", username: "mina" } }) }));

afterEach(async () => {
  cleanup();
  clearMocks();
  await speak("en");
});

it("keeps a chosen language for the person, at every computer, and speaks it", async () => {
  const asked = vi.fn();
  mockIPC((_, args) => {
    asked(args);
    return null;
  });
  show(<PersonMenu onKeys={() => undefined} />);
  fireEvent.click(screen.getByRole("button", { name: /You and this window/ }));
  fireEvent.click(await screen.findByRole("menuitemradio", { name: "العربية" }));
  await waitFor(() => expect(document.documentElement).toHaveAttribute("lang", "ar"));
  expect(asked).toHaveBeenCalledWith(
    expect.objectContaining({ operation: "accounts.set_language", input: { language: "ar" } }),
  );
});
