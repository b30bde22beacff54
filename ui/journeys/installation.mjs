// What the program is like on a computer: a second start, how the installation is doing, a database's password.
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, homeroom } from "./lib/window.mjs";

journey(
  "A second start on the same data ends by itself and leaves the window as it is",
  {},
  async ({ window, folder }) => {
    await window.text("Set up your school");
    // It ends with 0, which a program that cannot open its data does not.
    await homeroom(folder, ["--data", folder]);
    // The first one still has its data: no error took the screen's place.
    await window.driver.navigate().refresh();
    await window.text("Set up your school");
  },
);

journey(
  "Whoever keeps Homeroom running sees how the installation is doing",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    await window.go("/settings/about");
    const facts = await window.visible(By.xpath("//section[@aria-labelledby='health-now']//dl"));
    const told = [/free of/, /homeroom\.db/, /Answers in\s*[\d.,]+ ms/, /There is none\./, /does not update itself/];
    // As it is drawn: the driver leaves out what stands in an isolated direction.
    await window.until(async () => {
      const said = await facts.getProperty("innerText");
      return told.every((what) => what.test(said));
    }, "not all of how the installation is doing is told");
  },
);
