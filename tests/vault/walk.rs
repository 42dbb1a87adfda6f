//! A long random life of four organisations: members come, leave and forget their passwords, cases are shared,
//! keys rotated, cases erased. After every few steps exactly those read who ought to, by the services and by the
//! keys themselves.

use crate::support::chance::Chance;
use crate::support::for_each_backend;
use crate::world::World;

/// How many steps a life has.
const STEPS: usize = 150;
/// After how many of them everything is looked at.
const LOOKS: usize = 6;

fn lives(seed: u64) {
    for_each_backend(|backend| {
        let mut world = World::on(backend);
        let mut chance = Chance::seeded(seed);
        for step in 1..=STEPS {
            world.does_something(&mut chance);
            world.thieves_look();
            if step % LOOKS == 0 {
                world.everybody_reads_what_they_ought_to();
                world.keys_open_what_they_ought_to();
            }
        }
        world.has_lived();
    });
}

#[test]
fn exactly_those_read_who_ought_to_whatever_happens() {
    lives(1);
}

#[test]
fn exactly_those_read_who_ought_to_in_another_life() {
    lives(20);
}
