//! Rules for Vietnam's community digital technology teams.
