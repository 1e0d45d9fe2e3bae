//! The playground: a page to edit a policy and to try it with your own browser, and lessons.
//!
//! One process serves the page, the same page on an origin that the policy does not list, and the API. Two more
//! servers, copies of the API and of its proxy, answer the model of the browser before a button is pressed.

mod api;
mod engine;
mod mistakes;
mod notation;
mod options;
mod page;
mod play;
mod policies;
mod ports;
mod predict;
mod proxy;
mod rehearsal;
mod tries;
mod wire;

use std::{env, io, io::Write, process::ExitCode};

use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::from_fn,
    rt,
    web::{Data, ServiceConfig},
};

use cors_example_ports::Bound;

use crate::{
    api::Counters,
    options::{Command, HELP, Options},
    page::Setup,
    rehearsal::Rehearsal,
    wire::WireLog,
};

#[actix_web::main]
async fn main() -> ExitCode {
    let complaints = match options::parse(env::args_os().skip(1)) {
        Ok(Command::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Command::Serve(options)) => match serve(options).await {
            Ok(()) => return ExitCode::SUCCESS,
            Err(complaints) => complaints,
        },
        Err(complaints) => complaints,
    };
    for complaint in complaints {
        eprintln!("playground: {complaint}");
    }
    ExitCode::FAILURE
}

/// Serves until Ctrl-C, or returns everything that prevents it.
async fn serve(options: Options) -> Result<(), Vec<String>> {
    let [page, other, api] = ports::bind_all(&options)?;
    let cannot_serve = |error: io::Error| vec![format!("cannot serve: {error}")];
    let free = || ports::bind_free().map_err(|error| vec![error.to_string()]);
    let copies = [free()?, free()?];
    let rehearsal = Rehearsal::between([&page, &other], &api, &copies);
    let setup = Data::new(Setup::new(&page, &other, &api, rehearsal).map_err(|issues| vec![issues.to_string()])?);

    let servers = start([page, other, api], &setup).map_err(cannot_serve)?;
    let rehearsing = rehearse(copies, &setup).map_err(cannot_serve)?;
    // A closed standard output is no reason to stop serving.
    let _ = announce(&setup);

    let running: Vec<_> = servers.into_iter().chain(rehearsing).map(rt::spawn).collect();
    for server in running {
        match server.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(vec![format!("stopped serving: {error}")]),
            Err(error) => return Err(vec![format!("stopped serving: {error}")]),
        }
    }
    Ok(())
}

fn start([page, other, api]: [Bound; 3], setup: &Data<Setup>) -> io::Result<[Server; 3]> {
    let log = Data::new(WireLog::default());
    let pages = {
        let setup = setup.clone();
        move |services: &mut ServiceConfig| {
            services.app_data(setup.clone());
            page::routes(services);
            proxy::routes(services, &setup.api);
        }
    };
    Ok([
        server(page, log.clone(), pages.clone())?,
        server(other, log.clone(), pages)?,
        server(api, log, api_routes(setup))?,
    ])
}

/// Starts the copies, with their own counters and log, so that the page does not show their requests.
fn rehearse([api, proxy]: [Bound; 2], setup: &Data<Setup>) -> io::Result<[Server; 2]> {
    let log = Data::new(WireLog::default());
    let origin = api.origin();
    let proxy_routes = move |services: &mut ServiceConfig| proxy::routes(services, &origin);
    Ok([server(api, log.clone(), api_routes(setup))?, server(proxy, log, proxy_routes)?])
}

fn api_routes(setup: &Setup) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let counters = Data::new(Counters::default());
    let (policies, tries) = (setup.policies.clone(), setup.tries.clone());
    move |services: &mut ServiceConfig| {
        services.app_data(counters.clone()).app_data(tries.clone()).configure(tries::routes);
        api::routes(services, &policies);
    }
}

/// Returns a server on all addresses of its port. One worker is enough, and keeps the log in order.
fn server(
    bound: Bound,
    log: Data<WireLog>,
    services: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> io::Result<Server> {
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(log.clone())
            .configure(services.clone())
            // Outside of the policies, so that it sees preflights, too.
            .wrap(from_fn(wire::record))
    })
    .workers(1)
    .shutdown_timeout(1);
    for listener in bound.listeners {
        server = server.listen(listener)?;
    }
    Ok(server.run())
}

/// Prints one line per server, for programs, and one for people.
fn announce(setup: &Setup) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "page   {}", setup.page)?;
    writeln!(out, "other  {}", setup.other)?;
    writeln!(out, "api    {}", setup.api)?;
    writeln!(out, "\nOpen {} in a browser. Ctrl-C stops the playground.", setup.page)?;
    out.flush()
}
