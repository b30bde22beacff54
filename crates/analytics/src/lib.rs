//! Statistics of marks and attendance; knows no database and no clock.
