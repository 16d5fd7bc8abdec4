document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "nhsuk-frontend";
import { showAcrossADesk } from "./page/across_a_desk.js";
import { wireCopying } from "./page/copying.js";
import { keepDrafts } from "./page/drafts.js";
import { wireExit } from "./page/exit.js";
import { wireReading } from "./page/read_aloud.js";
import { watchOpenings } from "./page/openings.js";
import { watchSession } from "./page/session_end.js";

// First of all, whatever else fails.
wireExit();

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
];

for (const component of components) {
  createAll(component);
}

watchSession();
watchOpenings();
keepDrafts();
wireReading();
wireCopying();
showAcrossADesk();
// The back button must show no page out of the browser's memory: its owner may have left.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
